import { describe, expect, test } from 'vitest';
import { anchorOf, familiesOf, familyOf, readReproduction } from './finding.ts';

const specification = '# Spec\n\n## Session\n\n### S1 One session, one status\n\nLaw.\n\n### S10 Ending `it`\n\n## Writes\n\n### W1 Once\n';

describe('the place of a rule in the specification', () => {
  test('its family', () => {
    expect(familiesOf(specification)).toEqual(['Session', 'Writes']);
    expect(['S1', 'S10', 'W1', 'liveness'].map((rule) => familyOf(rule, specification))).toEqual([
      'Session',
      'Session',
      'Writes',
      undefined,
    ]);
  });

  test('its anchor', () => {
    expect(anchorOf('S1', specification)).toBe('#s1-one-session-one-status');
    expect(anchorOf('S10', specification)).toBe('#s10-ending-it');
    expect(anchorOf('liveness', specification)).toBe('');
  });
});

describe('a reproduction', () => {
  test('tells what is expected, and by what right', () => {
    expect(readReproduction('/** It is late. Expected (docs): in time. */\nserve(6543);').expected).toBe('in time. (docs)');
    expect(readReproduction('/** It is late.\n * Expected: in\n * time. */').expected).toBe('in time.');
    expect(readReproduction('/** It is late. */').expected).toBe(null);
  });

  test('runs over a real socket where it opens the port and brings no transport of its own', () => {
    expect(readReproduction("connect('ws://localhost:6543')").transport).toBe('WebSocket');
    expect(readReproduction("connect('ws://localhost:6543', { transport: own })").transport).toBe('none');
    expect(readReproduction('new DB()').transport).toBe('none');
  });
});
