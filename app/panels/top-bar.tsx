// The bar at the top: which design, which mode, playing and its speed, the clock, the timings, and what can be taken away.
import './top-bar.css';
import { Moon, Pause, Play, StepBack, StepForward, Sun } from 'lucide-react';
import { lazy, memo, Suspense, useEffect, useRef, useState } from 'react';
import type { BuiltInId } from '../designs/built-in.ts';
import { formatClock } from '../foundation/micros.ts';
import { chooseDesign, chooseTimings } from '../state/actions/choose-design.ts';
import { compare } from '../state/actions/compare.ts';
import { exportPicture } from '../state/actions/export-picture.ts';
import { exportReview } from '../state/actions/export-review.ts';
import { actOn } from '../state/actions/lesson.ts';
import { setMode } from '../state/actions/set-mode.ts';
import { isDark, toggleTheme } from '../state/actions/settings.ts';
import { playPause, setSpeed, step, stepBack } from '../state/actions/transport.ts';
import { balancerOf } from '../state/beliefs.ts';
import { besideOf } from '../state/beside.ts';
import { SPEEDS, speedWord } from '../timeline/playhead.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { Choice } from '../ui/choice.tsx';
import { Menu } from '../ui/menu.tsx';
import { SheetButton } from './side-panel.tsx';
import { systemWishes } from './wishes.ts';

const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }));
const ProjectorButton = lazy(async () => ({ default: (await import('./projector-button.tsx')).ProjectorButton }));
const ShareButton = lazy(async () => ({ default: (await import('./share-button.tsx')).ShareButton }));

export function TopBar() {
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="top-bar" data-more={isOpen}>
      <h1 className="logo" aria-label="Spofcheck">
        <span aria-hidden="true">Sp</span>
        <svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">
          <circle cx="7" cy="7" r="5.8" className="logo-ring" />
          <circle cx="7" cy="7" r="2.6" className="logo-dot" />
        </svg>
        <span aria-hidden="true">fcheck</span>
      </h1>
      <DesignTabs />
      <span className="top-gap" />
      <ModeChoice />
      <Transport />
      <Clock />
      <TimingsPick />
      <ThemeButton />
      <Suspense>
        <ProjectorButton />
      </Suspense>
      <Suspense>
        <KeyList />
      </Suspense>
      <ExportMenu />
      <Suspense>
        <ShareButton />
      </Suspense>
      <SheetButton />
      <MoreButton isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
    </header>
  );
}

interface Tab {
  readonly id: BuiltInId;
  readonly number: number;
  readonly name: string;
  /** Where the whole name is too long for a tab. */
  readonly short?: string;
}

export const DESIGNS: readonly Tab[] = [
  { id: 'simple', number: 1, name: 'Simple stack', short: 'Simple' },
  { id: 'distributed', number: 2, name: 'Distributed' },
  { id: 'secured', number: 3, name: 'Secured and monitored', short: 'Secured' },
  { id: 'scaled-up', number: 4, name: 'Scaled up' },
  { id: 'hardened', number: 5, name: 'Hardened' },
];

function DesignTabs() {
  const app = useApp();
  const current = useStoreValue(app.design, (design) => design.id);
  const name = useStoreValue(app.design, (design) => design.design.name);
  const isCompared = useStoreValue(besideOf(app), (beside) => beside.app !== null);
  return (
    <nav className="design-tabs" aria-label="Designs">
      {DESIGNS.map(({ id, number, name, short = name }) => (
        <button
          key={id}
          type="button"
          title={name}
          aria-current={id === current ? 'page' : undefined}
          aria-label={`Design ${number}, ${name}`}
          onClick={() => chooseDesign.run(app, id)}
        >
          <b>{number}</b>
          <span>{short}</span>
        </button>
      ))}
      {current === 'foreign' && (
        <button type="button" aria-current="page">
          <span>{name}</span>
        </button>
      )}
      <button type="button" aria-pressed={isCompared} title="Compare (V)" onClick={() => actOn(app, compare, null)}>
        Compare
      </button>
    </nav>
  );
}

const MODES = ['active-active', 'active-passive'] as const;

function ModeChoice() {
  const app = useApp();
  const mode = useStoreValue(app.design, (design) => design.mode);
  const isMeant = useStoreValue(app.design, ({ design }) => balancerOf(design) !== undefined);
  if (!isMeant) return null;
  return <Choice label="Mode" value={mode} options={MODES} onChange={(chosen) => actOn(app, setMode, chosen)} />;
}

function Transport() {
  const app = useApp();
  const isPlaying = useStoreValue(app.playback, (playback) => playback.playing);
  const speed = useStoreValue(app.playback, (playback) => playback.speed);
  return (
    <fieldset className="transport" aria-label="Playing">
      <button
        type="button"
        className="icon-button"
        aria-label="Step back"
        title="Step back (,)"
        onClick={() => stepBack.run(app)}
      >
        <StepBack size={18} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button filled"
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title={`${isPlaying ? 'Pause' : 'Play'} (Space)`}
        onClick={() => playPause.run(app)}
      >
        {isPlaying ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
      </button>
      <button type="button" className="icon-button" aria-label="Step" title="Step (.)" onClick={() => step.run(app)}>
        <StepForward size={18} aria-hidden="true" />
      </button>
      <select
        className="pick speed-pick"
        aria-label="Speed"
        title="Slower ([), faster (])"
        value={speed}
        onChange={(event) => setSpeed.run(app, Number(event.target.value))}
      >
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {speedWord(one)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

/** Written each frame, outside React: nothing else changes with it. */
export const Clock = memo(function Clock() {
  const app = useApp();
  const time = useRef<HTMLTimeElement>(null);
  useEffect(
    () =>
      app.frame.onFrame(() => {
        const text = formatClock(app.frame.playheadUs());
        if (time.current !== null && time.current.textContent !== text) time.current.textContent = text;
      }),
    [app],
  );
  return <time ref={time} className="clock" />;
});

const TIMINGS = ['classroom', 'realistic'] as const;

function TimingsPick() {
  const app = useApp();
  const timings = useStoreValue(app.design, (design) => design.timings);
  const isForeign = useStoreValue(app.design, (design) => design.id === 'foreign');
  return (
    <select
      className="pick"
      disabled={isForeign}
      aria-label="Timings"
      title="Slow enough to follow, or as a real site. Starts a new run."
      value={timings}
      onChange={(event) => chooseTimings.run(app, event.target.value as (typeof TIMINGS)[number])}
    >
      {TIMINGS.map((one) => (
        <option key={one}>{one}</option>
      ))}
      {timings === 'custom' && <option>custom</option>}
    </select>
  );
}

function ThemeButton() {
  const app = useApp();
  const dark = useStoreValue(app.settings, (settings) => isDark(settings, systemWishes()));
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={dark ? 'Light theme' : 'Dark theme'}
      title="Light or dark (T)"
      onClick={() => toggleTheme.run(app, systemWishes())}
    >
      {dark ? <Sun size={18} aria-hidden="true" /> : <Moon size={18} aria-hidden="true" />}
    </button>
  );
}

/** On a phone: brings and hides what is not needed all the time. */
function MoreButton({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  return (
    <button
      type="button"
      className="icon-button more-button"
      aria-label="More"
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      <svg width="20" height="20" viewBox="0 0 24 24" className="line-icon" aria-hidden="true" focusable="false">
        <path d="M4 6h16M4 12h16M4 18h16" />
      </svg>
    </button>
  );
}

function ExportMenu() {
  const app = useApp();
  const choose = (format: 'png' | 'svg', scale: 1 | 2) => () => exportPicture.run(app, { format, scale });
  const items = [
    { label: 'PNG 1x', note: 'for a page', onChoose: choose('png', 1) },
    { label: 'PNG 2x', note: 'for print', onChoose: choose('png', 2) },
    { label: 'SVG', note: 'to edit', onChoose: choose('svg', 1) },
    { label: 'Review, PNG', note: 'all issues', onChoose: () => exportReview.run(app, 'png') },
    { label: 'Review, SVG', note: 'to edit', onChoose: () => exportReview.run(app, 'svg') },
    { label: 'Review, Markdown', note: 'for a wiki', onChoose: () => exportReview.run(app, 'md') },
    { label: 'Review, SARIF', note: 'for code scanning', onChoose: () => exportReview.run(app, 'sarif') },
  ];
  return (
    <Menu
      label="Export the picture"
      summary={
        <>
          <ExportIcon />
          PNG
        </>
      }
      items={items}
    />
  );
}

const ExportIcon = () => (
  <svg width="16" height="16" viewBox="0 0 24 24" className="line-icon" aria-hidden="true" focusable="false">
    <path d="M10.3 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10l-3.1-3.1a2 2 0 0 0-2.814.014L6 21M14 19.5l3 3v-6M17 22.5l3-3" />
    <circle cx="9" cy="9" r="2" />
  </svg>
);
