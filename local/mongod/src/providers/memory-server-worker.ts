import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinary } from 'mongodb-memory-server-core/lib/util/MongoBinary.js';

// Downloads into the directory given as argument and prints the program's path as the last line.
try {
  const downloadDir = process.argv[2] ?? '';
  const options = await DryMongoBinary.generateOptions({ version: '', downloadDir });
  console.log(await MongoBinary.download({ ...options, downloadDir, checkMD5: true }));
} catch (error) {
  // On one line, because `run` reports the last one.
  console.error(String(error).replaceAll('\n', ' '));
  process.exit(1);
}
