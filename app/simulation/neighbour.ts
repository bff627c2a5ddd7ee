// The users' entry for the site's address in their neighbour table (ARP cache), where the address moves.
import type { Micros } from '../foundation/micros.ts';

export const NO_HOST = -1;

/** Their packets leave through one router, so there is one entry. */
export interface Neighbour {
  /** Host index, or NO_HOST before anybody has answered for the address. */
  host: number;
  /** The entry is asked for anew when nothing has confirmed it for so long. */
  reachableUs: Micros;
  confirmedUs: Micros;
  stream: number;
}
