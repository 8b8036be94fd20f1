import { bothFollow, milk, retitle, type Scope } from '../scope.ts';

/** A row is deleted and inserted anew, in one transaction, while another client updates it: two writes would be ten times as dear. */
export const deleteAndUpdate: Scope = {
  name: 'delete-and-update',
  sentence: 'a row is deleted and inserted anew, in one transaction, while another client updates it',
  rows: milk,
  clients: ['c1', 'c2'],
  setup: bothFollow,
  threads: [
    [
      {
        do: 'transact',
        client: 'c1',
        operations: [
          { do: 'delete', collection: 'todos', id: 'milk' },
          { do: 'insert', collection: 'todos', row: { id: 'milk', title: 'anew', done: false } },
        ],
      },
    ],
    [retitle('c2', 'of c2')],
  ],
};
