// The contract of a picture of one element: shapes, texts and anchors as plain data. One figure per kind is drawn on every
// surface: as SVG inside the canvas, and in the SVG and PNG exports. Colours are names of palette.ts, never values.
import type { Point, Size } from '../design/design.ts';
import type { ColourName } from './palette.ts';

/** What a part is at this moment, as `look.md` names the states. */
export type PartState = 'up' | 'slow' | 'checking' | 'standby' | 'hung' | 'down' | 'draining' | 'maintenance';

/** A row of the load balancer: one server as HAProxy sees it. */
export interface RowReading {
  readonly name: string;
  /** Its turn is next. */
  readonly turn: boolean;
  /** HAProxy's words: `UP`, `UP 1/3`, `DOWN`, `DOWN 1/2`, `UP backup`, `no check`. */
  readonly word: string;
  /** Checks left until DOWN (falling) or passed so far (rising). */
  readonly bars: number;
  readonly barsOf: number;
  readonly tone: 'plain' | 'doubt' | 'fail';
  /** Requests in the server's own queue. */
  readonly queue?: number;
  /** Where an operator has spoken, in place of the turn. */
  readonly mark?: 'draining' | 'maintenance';
}

/** What a figure shows of the running simulation. A figure that is not measured yet is null and drawn as `--`. */
export interface Reading {
  readonly state: PartState;
  /** Powered off, dead process, and so on: shown in place of the figures while the state is `down`. */
  readonly downWord: string;
  readonly requestsPerS: number | null;
  readonly readsPerS: number | null;
  readonly writesPerS: number | null;
  /** Writes copied from the primary, per second. */
  readonly copiedPerS: number | null;
  readonly p99Ms: number | null;
  /** Share of ended requests that were answered well, 0..1. */
  readonly answeredShare: number | null;
  /** Why not all are answered, one short line, or empty: `writes fail`. */
  readonly failingWord: string;
  readonly queue: number;
  /** Busy share of the workers, 0..1. */
  readonly load: number | null;
  readonly rows: readonly RowReading[];
  /** A value on a small plate in a database (`stock 4`), and whether it is out of date. Null: no plate. */
  readonly plate: { readonly text: string; readonly stale: boolean } | null;
  /** A keepalived: its VRRP state in its own word, and the priority that it advertises. */
  readonly vrrp?: VrrpReading;
  /** A balancer beside keepalived: it is drawn small. */
  readonly isCompact?: boolean;
  /** The whole host is down: the host wears the hatch and the outline, its parts only lose their figures. */
  readonly hostDown?: boolean;
  /** What still works while `failingWord` says what does not: `reads answered`. */
  readonly answeringWord?: string;
  /** A database without a partner: its picture names no role. */
  readonly standsAlone?: boolean;
}

/** What a smaller picture leaves out, in this order. */
export type Detail = 'load' | 'second' | 'first' | 'words';

export interface VrrpReading {
  readonly state: 'INIT' | 'BACKUP' | 'MASTER' | 'FAULT';
  readonly priority: number;
  /** The address's plate at the edge of the host, relative to keepalived: its point, and what is said of it. */
  readonly plate: {
    readonly x: number;
    readonly y: number;
    readonly holds: boolean;
    /** Another host holds it too, and this one's packets still go elsewhere. */
    readonly isDisputed: boolean;
    readonly note: readonly string[];
  } | null;
}

export type TextRole =
  | 'name'
  | 'figure'
  | 'state'
  | 'label'
  | 'tiny'
  | 'host'
  | 'title'
  | 'ghost'
  | 'sheetTitle'
  | 'issueTitle'
  | 'body'
  | 'lead';

export interface Paint {
  readonly fill?: ColourName;
  readonly stroke?: ColourName;
  readonly strokeWidth?: number;
  readonly dash?: readonly number[];
  /** A pattern of palette.ts laid over the fill. */
  readonly pattern?: 'failHatch' | 'failCross' | 'doubtHatch';
  readonly opacity?: number;
  readonly linejoin?: 'round' | 'miter';
  readonly linecap?: 'round' | 'butt';
  readonly detail?: Detail;
}

/** One thing to draw. Coordinates are relative to the element's position for figures, absolute in a scene. */
export type Shape =
  | ({
      readonly type: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius?: number;
    } & Paint)
  | ({ readonly type: 'circle'; readonly x: number; readonly y: number; readonly r: number } & Paint)
  | ({ readonly type: 'path'; readonly d: string } & Paint)
  | {
      readonly type: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly role: TextRole;
      readonly align?: 'start' | 'middle' | 'end';
      readonly fill?: ColourName;
      readonly bold?: boolean;
      readonly italic?: boolean;
      readonly sizePx?: number;
      readonly detail?: Detail;
    }
  | {
      readonly type: 'group';
      readonly x: number;
      readonly y: number;
      readonly shapes: readonly Shape[];
      readonly opacity?: number;
      readonly scale?: number;
      readonly detail?: Detail;
      /** A unit vector: the group is turned so that its own x axis points along it. */
      readonly direction?: { readonly dx: number; readonly dy: number };
    };

/** Where a wire may leave or enter, relative to the element, with the direction that it leaves in. */
export interface Anchor extends Point {
  readonly side: 'left' | 'right' | 'top' | 'bottom';
}

export interface Figure {
  readonly size: Size;
  readonly shapes: readonly Shape[];
  /** Named: `in`, `out`, `dns`, `row0`, `check0`; and `link:ID`, `check:ID` where a link of that id has a place of its own. */
  readonly anchors: Readonly<Record<string, Anchor>>;
  /** The outline for focus, selection and drop frames. */
  readonly outline: string;
  /** What the picture says, for those who do not see it: `app server, up, load 33 percent, queue 1`. */
  readonly textAlternative: string;
}
