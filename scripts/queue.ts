import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm run queue`: the poller's command, on the MongoDB of the system that `npm start` runs unless `MONGODB_URI` names another. */
const LOCAL_SYSTEM = fileURLToPath(new URL('../.local/env', import.meta.url));

if (!process.env['MONGODB_URI'] && existsSync(LOCAL_SYSTEM)) process.loadEnvFile(LOCAL_SYSTEM);
await import('../services/poller/cli/main.ts');
