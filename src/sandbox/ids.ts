/** GitHub's node ids: a prefix for the kind, then base64url of a MessagePack array `[0, repository id, key]`. */

/** Kinds and their prefixes as GitHub has them. */
const nodeKinds = {
  User: 'U',
  Organization: 'O',
  Bot: 'BOT',
  Repository: 'R',
  Issue: 'I',
  PullRequest: 'PR',
  IssueComment: 'IC',
  PullRequestReview: 'PRR',
  Label: 'LA',
  Milestone: 'MI',
  CheckRun: 'CR',
  CheckSuite: 'CS',
  StatusContext: 'SC',
  Status: 'ST',
  StatusCheckRollup: 'SCR',
  Reaction: 'REA',
  App: 'A',
  Ref: 'REF',
  Commit: 'C',
  Tree: 'T',
  Blob: 'B',
  Event: 'EV',
  Comparison: 'CMP',
  RepositoryRuleset: 'RRS',
  RepositoryRule: 'RRU',
  // GitHub's own is that of trees.
  Team: 'TM',
} as const;

export type NodeKind = keyof typeof nodeKinds;

/** `repositoryId` is null for what belongs to no repository (accounts, apps). `key`: database id, SHA or ref name. */
export interface NodeRef {
  kind: NodeKind;
  repositoryId: number | null;
  key: number | string;
}

function packNumber(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = 0xce;
  bytes.writeUInt32BE(value, 1);
  return bytes;
}

function packString(value: string): Buffer {
  const text = Buffer.from(value);
  if (text.length < 32) return Buffer.concat([Buffer.from([0xa0 | text.length]), text]);
  return Buffer.concat([Buffer.from([0xda, text.length >> 8, text.length & 0xff]), text]);
}

/** `nodeId('Issue', 1296, 12)` → `I_kwDO…`. */
export function nodeId(kind: NodeKind, repositoryId: number | null, key: number | string): string {
  const packed = typeof key === 'number' ? packNumber(key) : packString(key);
  const head = repositoryId === null ? Buffer.from([0x92, 0]) : Buffer.concat([Buffer.from([0x93, 0]), packNumber(repositoryId)]);
  return `${nodeKinds[kind]}_${Buffer.concat([head, packed]).toString('base64url')}`;
}

function unpack(bytes: Buffer): (number | string)[] {
  const values: (number | string)[] = [];
  let at = 1;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    if (tag === 0xce) {
      values.push(bytes.readUInt32BE(at + 1));
      at += 5;
    } else if (tag < 0x80) {
      values.push(tag);
      at += 1;
    } else if (tag === 0xda) {
      const length = bytes.readUInt16BE(at + 1);
      values.push(bytes.toString('utf8', at + 3, at + 3 + length));
      at += 3 + length;
    } else if (tag >= 0xa0 && tag < 0xc0) {
      const length = tag & 0x1f;
      values.push(bytes.toString('utf8', at + 1, at + 1 + length));
      at += 1 + length;
    } else return [];
  }
  return values;
}

/** What a node id means; null when it is none of ours. Says nothing about whether the thing exists. */
export function readNodeId(id: string): NodeRef | null {
  const cut = id.indexOf('_');
  const kind = (Object.keys(nodeKinds) as NodeKind[]).find((name) => nodeKinds[name] === id.slice(0, cut));
  if (!kind || !/^[\w-]+$/.test(id.slice(cut + 1))) return null;
  try {
    const values = unpack(Buffer.from(id.slice(cut + 1), 'base64url'));
    if (values.length === 2 && values[1] !== undefined) return { kind, repositoryId: null, key: values[1] };
    if (values.length === 3 && typeof values[1] === 'number' && values[2] !== undefined) {
      return { kind, repositoryId: values[1], key: values[2] };
    }
  } catch {
    return null;
  }
  return null;
}
