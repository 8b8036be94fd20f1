import { expect, test } from 'vitest';
import { firstComplaint } from './install.ts';

test.each([
  [
    'a version that is not there',
    'npm warn Unknown user config "x".\nnpm error code ETARGET\nnpm error notarget No matching version found for a@9.9.9.\nnpm error notarget In most cases you\n',
    'No matching version found for a@9.9.9.',
  ],
  [
    'no network',
    'npm error code ENOTFOUND\nnpm error errno ENOTFOUND\nnpm error network request to https://example.org/a failed, reason: getaddrinfo ENOTFOUND example.org\n',
    'request to https://example.org/a failed, reason: getaddrinfo ENOTFOUND example.org',
  ],
  ['an older npm', 'npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://example.org/a\n', 'Not Found - GET https://example.org/a'],
  ['nothing', '', 'npm did not say why'],
])('npm complains of %s', (_, text, complaint) => expect(firstComplaint(text)).toBe(complaint));
