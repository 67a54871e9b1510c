import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PASSWORD_FILE = 'password';
const ENV_FILE = 'mongodb.env';
const PASSWORD_BYTES = 24;

/** Returns the password in a folder. If there is none, creates one, and writes it to disk before it returns. */
export async function passwordIn(folder: string): Promise<string> {
  const path = join(folder, PASSWORD_FILE);
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (known) return known;
  // Characters of base64url need no escaping in a URI.
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await mkdir(folder, { recursive: true });
  await replace(path, password);
  return password;
}

/** Writes `mongodb.env`, a file for `node --env-file`. */
export async function storeUri(folder: string, uri: string): Promise<void> {
  await replace(join(folder, ENV_FILE), `MONGODB_URI=${uri}\n`);
}

export interface UriParts {
  user: string;
  password: string;
  /** The only member of the replica set, as host:port. */
  member: string;
  /** The database that defines the user. */
  database: string;
}

export function uriFor({ user, password, member, database }: UriParts): string {
  return `mongodb://${user}:${password}@${member}/?replicaSet=rs0&authSource=${database}`;
}

/** Returns the password in the value of a Secret: a URI, a URI as a line of `mongodb.env`, or the password alone. */
export function passwordOf(text: string): string {
  const uri = text.trim().replace(/^MONGODB_URI=/, '');
  return uri.startsWith('mongodb://') ? decodeURIComponent(new URL(uri).password) : uri;
}

/** Replaces a file atomically, so that a service never reads a partial password. */
async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o400, flush: true });
  await rename(`${path}.new`, path);
}
