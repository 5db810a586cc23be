/** Plain names for what the secret scanner reports, and kinds of ours that it lacks. */

/** By secretlint's message id. */
const KINDS: Record<string, string> = {
  GITHUB_TOKEN: 'GitHub token',
  AWSSecretAccessKey: 'AWS secret access key',
  AWSAccessKeyID: 'AWS access key',
  SLACK_TOKEN: 'Slack token',
  IncomingWebhook: 'Slack webhook address',
  NPM_ACCESS_TOKEN: 'npm token',
  PrivateKey: 'private key',
  BasicAuth: 'web address with a password',
  OPENAI_TOKEN: 'OpenAI key',
  ANTHROPIC_API_KEY: 'Anthropic key',
  SENDGRID_KEY: 'SendGrid key',
  GITLAB_PERSONAL_ACCESS_TOKEN: 'GitLab token',
  MongoDBConnection: 'MongoDB address with a password',
  MySQLConnection: 'MySQL address with a password',
  PostgreSQLConnection: 'PostgreSQL address with a password',
};

/** `ruleId` as in `@secretlint/secretlint-rule-figma`: a kind without a name of ours is named after its rule. */
export function secretKind(messageId: string, ruleId: string): string {
  return KINDS[messageId] ?? `${ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' ')} secret`;
}

/** Formats that their makers publish and that the preset does not look for. */
export const MORE_KINDS: readonly { kind: string; pattern: RegExp }[] = [
  { kind: 'Stripe live key', pattern: /(?<![\w-])[rs]k_live_[0-9A-Za-z]{24,247}(?![\w-])/g },
  { kind: 'Google API key', pattern: /(?<![\w-])AIza[0-9A-Za-z_-]{35}(?![\w-])/g },
  // The preset wants a whole key; a cut one is a leak too. 40 characters of base64 keep examples with dots out.
  { kind: 'private key', pattern: /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=]{40,}/g },
];

const LOCAL_HOST = /@(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?=[:/?\s"'`]|$)/i;
const USER_AND_PASSWORD = /:\/\/([^:/\s]+):([^@/\s]+)@/;

/** What looks like a secret and is none: rows of one filler letter, and throw-away passwords of local databases. */
export function isPlaceholder(text: string): boolean {
  const body = text.replace(/^[a-z]+(?:_[a-z]+)?[_-]/i, '');
  if (/^(?:x+|\*+|\.+|0+|_+|-+)$/i.test(body)) return true;
  const login = USER_AND_PASSWORD.exec(text);
  return login !== null && (LOCAL_HOST.test(text) || login[1] === login[2]);
}
