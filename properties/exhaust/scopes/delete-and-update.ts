import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A row is deleted and inserted anew while another client updates it. */
export const deleteAndUpdate: Scope = {
  name: 'delete-and-update',
  sentence: 'a row is deleted and inserted anew while another client updates it',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [
    [
      { do: 'delete', client: 'c1', collection: 'todos', id: 'milk' },
      { do: 'insert', client: 'c1', collection: 'todos', row: { id: 'milk', title: 'anew', done: false } },
    ],
    [retitle('c2', 'of c2')],
  ],
};
