import { describe, expect, it } from 'vitest';
import { drawKind } from '../catalogue/figures.ts';
import { distributedDesign } from '../designs/distributed.ts';
import { figuresOf } from '../drawing/figures.ts';
import { DARK, EXPORT, LIGHT, VARIABLES } from '../drawing/palette.ts';
import { type Scene, scene } from '../drawing/scene.ts';
import { stateAtRest } from '../drawing/scene-state.ts';
import { type SheetInput, sheet } from './sheet.ts';
import { svgText } from './svg.ts';

const DESIGN = distributedDesign('classroom');
const PLAIN = { colours: LIGHT, ground: 'ground', fontFaces: '' } as const;
const picture = (): Scene => scene(DESIGN, figuresOf(DESIGN, {}, drawKind), stateAtRest(DESIGN));
const small = (shapes: Scene['shapes'], title = 'A title'): Scene => ({
  size: { width: 100, height: 50 },
  shapes,
  title,
  textAlternative: 'What it says.',
});

describe('a picture as SVG text', () => {
  it('is the same byte for byte, from a design made anew', () => {
    expect(svgText(picture(), PLAIN)).toBe(svgText(picture(), PLAIN));
  });

  it('carries its title and what it says', () => {
    const text = svgText(picture(), PLAIN);
    expect(text).toContain(`<title id="title">${DESIGN.title}</title>`);
    expect(text).toMatch(/<desc id="desc">.*Load balancer.*<\/desc>/);
  });

  it('escapes what people wrote, and drops what no XML may hold', () => {
    const shapes = [{ type: 'text', x: 1, y: 2, text: '<b> & "q" \u0007', role: 'figure' }] as const;
    const text = svgText(small(shapes, '<script>'), PLAIN);
    expect(text).toContain('&lt;b&gt; &amp; "q" </text>');
    expect(text).toContain('<title id="title">&lt;script&gt;</title>');
    expect(text).not.toContain('\u0007');
  });

  it('has no number with a long tail of decimals', () => {
    expect(svgText(picture(), PLAIN).replace(/scale\([^)]*\)/g, '')).not.toMatch(/\d\.\d{4}/);
  });

  it('is in the colours of its theme, or in the variables of the page', () => {
    const shapes = [{ type: 'rect', x: 0, y: 0, width: 1, height: 1, fill: 'fail' }] as const;
    expect(svgText(small(shapes), { ...PLAIN, colours: DARK })).toContain('fill="#FF6680"');
    expect(svgText(small(shapes), { ...PLAIN, colours: VARIABLES })).toContain('fill="var(--fail)"');
  });

  it('lays the hatch over its ground and the outline over the hatch', () => {
    const shapes = [
      { type: 'rect', x: 0, y: 0, width: 9, height: 9, fill: 'field', pattern: 'failHatch', stroke: 'fail' },
    ] as const;
    const fills = [...svgText(small(shapes), PLAIN).matchAll(/height="9" fill="([^"]*)"/g)].map((match) => match[1]);
    expect(fills).toEqual([LIGHT.field, 'url(#hatch-failHatch)', 'none']);
  });

  it('embeds the font once, and can be transparent', () => {
    const text = svgText(picture(), { colours: EXPORT, ground: null, fontFaces: '@font-face{font-family:B612}' });
    expect(text.match(/@font-face/g)).toHaveLength(1);
    expect(text).not.toContain('<rect width="1036" height="588"');
  });
});

describe('the sheet to hand in', () => {
  const input: SheetInput = {
    title: DESIGN.title,
    fault: '',
    subtitle: 'Three hosts share the work of one site.',
    issues: [
      {
        number: 1,
        severity: 'critical',
        title: 'One load balancer, nothing behind it',
        where: 'Load balancer',
        evidence: 'Killed it: 0 of 412 requests answered.',
        fix: 'Second load balancer, shared IP',
        active: false,
      },
    ],
    folded: 0,
    drawnBy: 'A student',
    date: '22 Nov 2026',
    load: '4 req/s, 25% writes',
    mode: 'active-active, roundrobin',
    seed: '7',
  };
  const made = (some: Partial<SheetInput> = {}): Scene => sheet(picture(), { ...input, ...some });
  const written = (some: Partial<SheetInput> = {}): string => svgText(made(some), { ...PLAIN, colours: EXPORT });

  it('is the same byte for byte for the same input', () => {
    expect(written()).toBe(written());
  });

  it('holds the issues with evidence and fix, in the table and in words', () => {
    expect(written()).toContain('>Killed it: 0 of 412 requests answered<');
    expect(made().textAlternative).toContain('Issue 1, critical: One load balancer, nothing behind it.');
  });

  it('says how many issues it leaves out', () => {
    expect(written()).not.toContain('more issue');
    expect(written({ folded: 8 })).toContain('>and 8 more issues: the review lists them<');
  });

  it('holds the title block', () => {
    for (const words of ['A student', '22 Nov 2026', '4 req/s, 25% writes', 'active-active, roundrobin', '7']) {
      expect(written()).toContain(`>${words}</text>`);
    }
  });

  it('says in its title that a fault is on', () => {
    expect(made({ fault: 'with Server 1 killed' }).title).toBe(`${DESIGN.title} with Server 1 killed`);
  });

  it('is 1240 wide and as high as its table', () => {
    const long = {
      ...input.issues[0],
      evidence: 'A long sentence that goes on and on, '.repeat(4),
    } as SheetInput['issues'][number];
    expect(made().size.width).toBe(1240);
    expect(made({ issues: [long] }).size.height).toBeGreaterThan(made().size.height);
    expect(made({ issues: [] }).size.height).toBeLessThan(made().size.height);
  });

  it('keeps a very long name inside the sheet', () => {
    expect(written({ drawnBy: 'n'.repeat(400), title: 't'.repeat(400) })).toContain('…');
  });
});
