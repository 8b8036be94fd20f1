/** A process that opens the log in the folder it is given, says so, and holds it until it is killed: as long as it listens, it lives. */
import { openLmdbServerStorage } from './server-storage.ts';

const [, , folder = ''] = process.argv;
await openLmdbServerStorage(folder);
process.on('message', () => {});
process.send?.('open');
