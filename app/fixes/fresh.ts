// Names and numbers that a design does not have yet.
import type { Design } from '../design/design.ts';
import { elementsOf } from '../design/elements.ts';

/** `lb`, or `lb-2`, `lb-3` ... when it is taken. */
export function freshId(design: Design, wanted: string): string {
  const ids = new Set(elementsOf(design).ids);
  const candidate = (number: number): string => (number === 1 ? wanted : `${wanted}-${number}`);
  let number = 1;
  while (ids.has(candidate(number))) number++;
  return candidate(number);
}

/** `Load balancer 2` for `Load balancer`, `Web 3` for `Web 2` where there is a third already wanted. */
export function freshName(design: Design, like: string): string {
  const names = new Set(design.hosts.map(({ name }) => name));
  const stem = like.replace(/ \d+$/, '');
  let number = 2;
  while (names.has(`${stem} ${number}`)) number++;
  return `${stem} ${number}`;
}

/** An address that no host has and that is not the site's, in the network of the host that it is to stand beside. */
export function freshAddress(design: Design, beside: string): string {
  const used = new Set([design.dns.address, ...design.hosts.map(({ address }) => address)]);
  const network = /^(\d+\.\d+\.\d+)\.\d+$/.exec(beside)?.[1] ?? '203.0.113';
  for (let last = 10; last < 255; last++) if (!used.has(`${network}.${last}`)) return `${network}.${last}`;
  return '';
}
