import { startMongod } from './mongod.ts';

const mongod = await startMongod({
  port: Number(process.env.MONGODB_PORT ?? 0),
  log: (line) => console.error(`mongod: ${line}`),
  onUnexpectedEnd: (how) => {
    console.error(`mongod: ended with ${how}`);
    process.exitCode = 1;
    clearInterval(running);
  },
});
console.log(mongod.uri);

// Keeps this process alive until a signal arrives or mongod ends.
const running = setInterval(() => {}, 2 ** 30);
const stop = () => {
  clearInterval(running);
  void mongod.close();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
