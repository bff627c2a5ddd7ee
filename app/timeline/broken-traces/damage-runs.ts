// The runs whose traces are damaged: loaded and with a server that dies; a primary that dies and is followed by its replica; two
// balancers and one address.
import { distributedDesign } from '../../designs/distributed.ts';
import { scaledUpDesign } from '../../designs/scaled-up.ts';
import { SECOND } from '../../foundation/micros.ts';
import type { Command } from '../../simulation/command.ts';
import { play } from './broken-trace.ts';

const SECONDS = 16;
const realistic = distributedDesign('realistic');
const busy = { ...realistic, traffic: { ...realistic.traffic, rateRps: 60, writeShare: 0.4 } };

export const at = (seconds: number) => Math.round(seconds * SECOND);
const kill = (target: string, seconds: number): Command => ({ type: 'kill', atUs: at(seconds), target });
const cut = (target: string, seconds: number): Command => ({ type: 'cut', atUs: at(seconds), target });
const promote = (target: string, seconds: number): Command => ({
  type: 'admin',
  atUs: at(seconds),
  target,
  words: ['promote'],
});

export const plain = play(busy, [kill('app1', 3), { type: 'repair', atUs: at(9), target: 'app1' }], SECONDS);
export const risen = play(busy, [cut('mysql1-mysql2', 4), kill('mysql1', 6.2), promote('mysql2', 8)], SECONDS);
export const shared = play(scaledUpDesign('realistic'), [kill('balancer1', 4)], SECONDS);
