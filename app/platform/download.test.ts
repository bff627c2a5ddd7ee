import { describe, expect, it } from 'vitest';
import { fileName } from './download.ts';

describe('the name of a file to download', () => {
  it('is made of small letters, digits and dashes', () => {
    expect(fileName('Distributed web infrastructure for www.foobar.com', 'png')).toBe(
      'distributed-web-infrastructure-for-www-foobar-com.png',
    );
    expect(fileName('Größe: 1/2', 'svg')).toBe('gro-e-1-2.svg');
  });

  it('is never empty, and never too long', () => {
    expect(fileName('漢字', 'json')).toBe('design.json');
    expect(fileName('x'.repeat(500), 'png').length).toBeLessThan(90);
  });
});
