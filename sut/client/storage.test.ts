/** The embedded default does what every storage of a client does. */
import { describeClientStorage } from '../storage/test-client-storage.ts';
import { memoryClientStorage } from './storage.ts';

describeClientStorage('memory', async () => {
  const storage = memoryClientStorage();
  return { storage, again: async () => storage };
});
