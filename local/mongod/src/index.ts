export { findMongod } from './find-mongod.ts';
export { mongodbUri, startMongod, type Mongod, type MongodOptions } from './mongod.ts';
export { requireMongodb } from './require-mongodb.ts';
