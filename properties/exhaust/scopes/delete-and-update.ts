import { add, bothFollow, retitle, scope } from '../scope.ts';

/** Were all three written in the race too, it would be ten times as dear. */
export const deleteAndUpdate = scope({
  sentence: 'a row is deleted and inserted anew while an update of another client, made before it knew, is on its way',
  rules: ['W3', 'Q5', 'W4', 'Q2'],
  tooth: 'update-revives-generation',
  setup: [
    ...bothFollow,
    { do: 'hold', label: 'c2→server' },
    retitle('c2', 'of c2'),
    { do: 'hold', label: 'server append' },
    { do: 'delete', client: 'c1', collection: 'todos', id: 'milk' },
    add('c1', 'milk'),
  ],
  threads: [[{ do: 'release', label: 'server append' }], [{ do: 'release', label: 'c2→server' }]],
});
