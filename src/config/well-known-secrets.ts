/** Webhook secrets that stand in examples, defaults and lists of passwords: whoever knows them could send events. */

/** Probot's default is the first. Written without what stands between the words. */
const WORDS = [
  'development',
  'secret',
  'changeme',
  'changethis',
  'password',
  'default',
  'example',
  'test',
  'webhook',
  'webhooksecret',
  'mysecret',
  'mywebhooksecret',
  'yoursecret',
  'yoursecrethere',
  'yourwebhooksecret',
  'yourwebhooksecrethere',
  'replaceme',
  'replacewithyoursecret',
  'supersecret',
  'topsecret',
  'playcaller',
  'playcallersecret',
  'github',
  'admin',
  'letmein',
  'hunter2',
  'qwerty',
  '123456',
  '1234567890',
];

/** In any case, with or without marks between the words, once or said several times over. */
export function isWellKnown(secret: string): boolean {
  const bare = secret.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return WORDS.some((word) => bare !== '' && bare.replaceAll(word, '') === '');
}
