export { connectOrStart, type Database } from './connect-or-start.ts';
export { findMongod } from './find-mongod.ts';
export { mongodbUri, startMongod, type Mongod, type MongodOptions } from './mongod.ts';
