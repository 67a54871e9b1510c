/** Ways of running that reach Kubernetes differently. A block that names some of them runs only in those. */
const WAYS = ['local', 'k3s', 'light', 'cluster'] as const;
export type Way = (typeof WAYS)[number];

/** The parsed info string of a fenced block: its language, and instructions for the tests (tests/docs/README.md). */
export interface Info {
  language: string;
  ways: Way[];
  /** Programs that the block needs on this machine. */
  needs: string[];
  /** Why the block doesn't run. */
  notRun?: string;
  /** Whether the block starts the system that all other blocks use. */
  startsSystem: boolean;
  /** Whether a command of the block must fail. */
  fails: boolean;
  /** The file that the block quotes. */
  from?: string;
  /** The file that the reader writes or changes. */
  into?: string;
}

/** Reads an info string such as `sh local needs kubectl`. Throws on a word that it does not know. */
export function readInfo(text: string): Info {
  const [language = '', ...words] = text.trim().split(/\s+/);
  const info: Info = { language, ways: [], needs: [], startsSystem: false, fails: false };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (isWay(word)) info.ways.push(word);
    else if (word === 'fails') info.fails = true;
    else if (word === 'needs') info.needs.push(argumentOf(word, words));
    else if (word === 'from' || word === 'into') info[word] = argumentOf(word, words);
    else if (word === 'starts') info.startsSystem = isPhrase('the system', words);
    else if (word === 'not') info.notRun = reasonOf(words);
    else throw new Error(`got "${word}". Expected what tests/docs/README.md lists`);
  }
  return info;
}

function isWay(word: string): word is Way {
  return (WAYS as readonly string[]).includes(word);
}

function argumentOf(word: string, rest: string[]): string {
  const argument = rest.shift();
  if (argument) return argument;
  throw new Error(`got "${word}" and nothing after it. Expected a program or a file`);
}

function isPhrase(expected: string, rest: string[]): true {
  const got = rest.splice(0).join(' ');
  if (got === expected) return true;
  throw new Error(`got "starts ${got}". Expected "starts ${expected}"`);
}

function reasonOf(rest: string[]): string {
  const [, reason] = /^run: (.+)$/.exec(rest.splice(0).join(' ')) ?? [];
  if (reason) return reason;
  throw new Error('got "not" without a reason. Expected "not run: " and why');
}
