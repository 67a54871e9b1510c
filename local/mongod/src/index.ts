export { connectOrStart, type Database } from './connect-or-start.ts';
export { findMongod } from './find-mongod.ts';
export { findFreePort, isPortFree } from './free-ports.ts';
export { tieToThisProcess } from './lifeline.ts';
export { mongodbUri, startMongod, type Mongod, type MongodOptions } from './mongod.ts';
