/** What `npm start` reads beside the ports; docs/reference/environment-variables.md is made from it. */
export const START_VARIABLES = {
  MONGODB_URI: {
    description: 'A replica set to use. Unset: a mongod is started.',
    expected: 'mongodb://host:port/…',
    secret: true,
  },
  MONGOD: {
    description: 'The mongod to start. Unset: the one on PATH, else one that is downloaded.',
    expected: 'the path of a program',
  },
  NO_COLOR: { description: 'Set to anything: output without colours.' },
} as const;
