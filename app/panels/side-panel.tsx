// The panel at the right: since the kill, the issues, the explanation, the settings of the selected part. On narrow pages it is
// a sheet that comes from the side or from below.
import './side-panel.css';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useRef } from 'react';
import { hasExperiments, showTab, toggleSheet } from '../state/actions/settings.ts';
import type { SettingsState } from '../state/app.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

// Not needed for the first picture, so they come with the first look at them. Issues are measured a moment after it.
const IssuesTab = lazy(async () => ({ default: (await import('./issues-tab.tsx')).IssuesTab }));
const ExplanationTab = lazy(async () => {
  const [{ ExplanationTab: Taught }, { taughtOn }] = await Promise.all([
    import('./explanation-tab.tsx'),
    import('../state/lesson-player.ts'),
  ]);
  return { default: () => <Taught taughtOn={taughtOn} /> };
});
const InspectorTab = lazy(async () => ({ default: (await import('./inspector-tab.tsx')).InspectorTab }));
const SinceTab = lazy(async () => ({ default: (await import('./since-tab.tsx')).SinceTab }));

const AdditionsNote = lazy(async () => ({ default: (await import('./additions-note.tsx')).AdditionsNote }));
const AddressFacts = lazy(async () => ({ default: (await import('./address-facts.tsx')).AddressFacts }));

type TabId = SettingsState['tab'];

export function SidePanel() {
  const app = useApp();
  const tab = useStoreValue(app.settings, (settings) => settings.tab);
  const isOpen = useStoreValue(app.settings, (settings) => settings.sheet);
  const isShared = useStoreValue(app.playback, (playback) => (playback.view?.address ?? null) !== null);
  return (
    <aside className="panel" aria-label="Panel" data-open={isOpen}>
      <SheetHandle />
      <Tabs tab={tab} />
      <div
        key={tab}
        className="panel-body"
        role="tabpanel"
        id="panel-body"
        aria-labelledby={`tab-${tab}`}
        tabIndex={-1}
      >
        {tab === 'issues' && (
          <Suspense fallback={<p className="panel-empty">The issues are being measured.</p>}>
            <IssuesTab />
          </Suspense>
        )}
        <Suspense>
          {tab === 'issues' && isShared && <AddressFacts />}
          {tab === 'issues' && <AdditionsNote />}
          {tab === 'since' && <SinceTab />}
          {tab === 'explanation' && <ExplanationTab />}
          {tab === 'inspector' && <InspectorTab />}
        </Suspense>
      </div>
    </aside>
  );
}

/** A lesson's own kill opens no tab: the reader stays with the explanation. */
function useTabs(tab: TabId): readonly { readonly id: TabId; readonly label: string }[] {
  const app = useApp();
  const isTaught = useStoreValue(app.settings, (settings) => settings.lesson !== null) && tab !== 'since';
  const since = useStoreValue(
    app.playback,
    (playback) => playback.view?.since?.title ?? (hasExperiments(playback) ? 'Experiments' : null),
  );
  const isSelected = useStoreValue(app.hand, (hand) => hand.selected !== null);
  const count = useStoreValue(app.findings, (findings) => findings.findings.length);
  const issues = count === 1 ? '1 issue' : `${count} issues`;
  const tabs: { id: TabId; label: string }[] = [
    { id: 'issues', label: issues },
    { id: 'explanation', label: 'Explanation' },
  ];
  if (since !== null && !isTaught) tabs.unshift({ id: 'since', label: since });
  if (isSelected) tabs.push({ id: 'inspector', label: 'Settings' });
  return tabs;
}

function Tabs({ tab }: { readonly tab: TabId }) {
  const app = useApp();
  const tabs = useTabs(tab);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.findIndex((one) => one.id === tab);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const target = tabs[(next + tabs.length) % tabs.length];
    if (target === undefined) return;
    showTab.run(app, target.id);
    list.current?.querySelector<HTMLElement>(`#tab-${target.id}`)?.focus();
  };
  return (
    <div ref={list} className="panel-tabs" role="tablist" aria-label="What the panel shows" onKeyDown={onKeyDown}>
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === tab}
          aria-controls="panel-body"
          tabIndex={id === tab ? 0 : -1}
          onClick={() => {
            showTab.run(app, id);
            if (!app.settings.getState().sheet) toggleSheet.run(app);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** Only on the narrowest pages: what the sheet would say, and the way to open it. */
function SheetHandle() {
  const app = useApp();
  const isOpen = useStoreValue(app.settings, (settings) => settings.sheet);
  return (
    <button type="button" className="sheet-handle" aria-expanded={isOpen} onClick={() => toggleSheet.run(app)}>
      <i aria-hidden="true" />
      <SheetWords />
      {isOpen ? <ChevronDown size={20} aria-hidden="true" /> : <ChevronUp size={20} aria-hidden="true" />}
    </button>
  );
}

function SheetWords() {
  const app = useApp();
  const count = useStoreValue(app.findings, (findings) => findings.findings.length);
  const critical = useStoreValue(
    app.findings,
    (findings) => findings.findings.filter((finding) => finding.severity === 'critical').length,
  );
  const failed = useStoreValue(app.playback, (playback) => playback.view?.since?.counts.failed ?? -1);
  const total = useStoreValue(app.playback, (playback) => playback.view?.since?.counts.total ?? 0);
  const title = useStoreValue(app.playback, (playback) => playback.view?.since?.title ?? '');
  if (failed >= 0) {
    return (
      <>
        <b>{title}</b> <span>{`${failed} of ${total} failed`}</span>
      </>
    );
  }
  return (
    <>
      <b>{count === 1 ? '1 issue' : `${count} issues`}</b> <span>{critical > 0 ? `${critical} critical` : ''}</span>
    </>
  );
}

/** Pages of middle width: opens the sheet from the right. */
export function SheetButton() {
  const app = useApp();
  const isOpen = useStoreValue(app.settings, (settings) => settings.sheet);
  const count = useStoreValue(app.findings, (findings) => findings.findings.length);
  return (
    <button type="button" className="button sheet-button" aria-expanded={isOpen} onClick={() => toggleSheet.run(app)}>
      {isOpen ? 'Close' : count === 1 ? '1 issue' : `${count} issues`}
    </button>
  );
}
