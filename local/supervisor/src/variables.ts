/** What `npm start` reads beside the ports; docs/reference/environment-variables.md is made from it. */
export const START_VARIABLES = {
  MONGODB_URI: {
    description: 'A replica set to use. Unset: a mongod is started.',
    expected: 'mongodb://host:port/…',
    secret: true,
  },
  MONGODB_DATABASE: {
    description: 'The database in it.',
    default: 'beyond_headers',
    expected: 'letters, digits, _ and -',
  },
  MONGOD: {
    description: 'The mongod to start. Unset: the one on PATH, else one that is downloaded.',
    expected: 'the path of a program',
  },
  NO_COLOR: { description: 'Set to anything: output without colours.' },
} as const;

/** Where orders and reports go; throws when the name of the database is not one. */
export function readDatabase(
  env: NodeJS.ProcessEnv,
  ownUri: string,
): { mongodbUri: string; mongodbDatabase: string } {
  const { default: fallback, expected } = START_VARIABLES.MONGODB_DATABASE;
  const mongodbDatabase = env.MONGODB_DATABASE?.trim() || fallback;
  if (!/^[\w-]{1,63}$/.test(mongodbDatabase)) {
    throw new Error(`MONGODB_DATABASE: got ${JSON.stringify(mongodbDatabase)}. Expected ${expected}.`);
  }
  return { mongodbUri: env.MONGODB_URI?.trim() || ownUri, mongodbDatabase };
}
