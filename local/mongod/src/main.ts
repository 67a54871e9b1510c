import { startMongod } from './mongod.ts';

const mongod = await startMongod({
  port: Number(process.env.MONGODB_PORT ?? 0),
  log: (line) => console.error(`mongod: ${line}`),
  onUnexpectedEnd: (how) => {
    console.error(`mongod: ended with ${how}`);
    process.exitCode = 1;
  },
});
console.log(mongod.uri);

const stop = () => void mongod.close();
process.once('SIGINT', stop).once('SIGTERM', stop);
