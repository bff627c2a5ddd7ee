// The settings of the selected part. Each change is a command at the playhead: the run goes on with it, the past stays.
import './inspector-tab.css';

import { inspectorOf } from '../catalogue/inspectors.ts';
import type { LoadBalancerConfig } from '../catalogue/load-balancer/config.ts';
import { ServerFields } from '../catalogue/load-balancer/server-fields.tsx';
import type { Component, Design, Host, Link, Traffic } from '../design/design.ts';
import { DNS, USERS } from '../design/design.ts';
import { iconPath } from '../drawing/icons.ts';
import { compare } from '../state/actions/compare.ts';
import { inflict } from '../state/actions/inflict.ts';
import { showStatistics } from '../state/actions/inquiry.ts';
import { actOn } from '../state/actions/lesson.ts';
import { reconfigure } from '../state/actions/reconfigure.ts';
import { repair } from '../state/actions/repair.ts';
import { select } from '../state/actions/select.ts';
import type { App, FaultKind } from '../state/app.ts';
import { balancerOf } from '../state/beliefs.ts';
import { TOOLS, takes } from '../state/fault-tools.ts';
import { tagsOf } from '../state/fault-words.ts';
import { componentNamed, hostNamed } from '../state/truth.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { QuantityField } from '../ui/fields.tsx';
import { LineIcon } from '../ui/line-icon.tsx';
import { StatedField } from '../ui/stated-fields.tsx';
import { DatabaseFacts } from './database-facts.tsx';
import { FaultMeasures } from './fault-measures.tsx';
import { ServerStates } from './server-states.tsx';

type Patch = Readonly<Record<string, unknown>>;

export function InspectorTab() {
  const app = useApp();
  const selected = useStoreValue(app.hand, (hand) => hand.selected);
  const design = useStoreValue(app.playback, (playback) => playback.view?.design ?? null);
  if (selected === null || design === null) return <p className="panel-empty">Choose a part of the diagram.</p>;
  const change = (patch: Patch): void => actOn(app, reconfigure, { target: selected, patch });
  const { name, where } = headingOf(design, selected);
  return (
    <section className="inspector" aria-label={`Settings of ${name}`} key={selected}>
      <header>
        <h2>{name}</h2>
        <span>{where}</span>
      </header>
      <FaultMeasures of={selected} />
      {componentNamed(design, selected)?.kind === 'load-balancer' && (
        <button type="button" className="button" onClick={() => showStatistics.run(app)}>
          HAProxy's statistics
        </button>
      )}
      {componentNamed(design, selected)?.kind === 'database' && <DatabaseFacts of={selected} />}
      <Form app={app} design={design} id={selected} change={change} />
      <Acts app={app} design={design} id={selected} />
    </section>
  );
}

function headingOf(design: Design, id: string): { readonly name: string; readonly where: string } {
  if (id === USERS) return { name: 'Internet users', where: '' };
  if (id === DNS) return { name: 'DNS', where: design.dns.name };
  const component = componentNamed(design, id);
  if (component !== undefined)
    return { name: component.name, where: `on ${hostNamed(design, component.hostId)?.name ?? ''}` };
  const link = design.links.find((one) => one.id === id);
  if (link === undefined) return { name: hostNamed(design, id)?.name ?? id, where: 'server' };
  const end = (name: string): string => (name === USERS ? 'users' : (componentNamed(design, name)?.name ?? name));
  return { name: `${end(link.from)} to ${end(link.to)}`, where: link.protocol };
}

interface FormProps {
  readonly app: App;
  readonly design: Design;
  readonly id: string;
}

function Form({ app, design, id, change }: FormProps & { readonly change: (patch: Patch) => void }) {
  if (id === USERS) return <TrafficForm traffic={design.traffic} change={change} />;
  if (id === DNS) return <DnsForm ttlS={design.dns.ttlS} change={change} />;
  const component = componentNamed(design, id);
  if (component !== undefined) return <ComponentForm component={component} change={change} />;
  const link = design.links.find((one) => one.id === id);
  if (link !== undefined) return <LinkForm link={link} change={change} />;
  const host = hostNamed(design, id);
  return host === undefined ? null : <HostForm app={app} design={design} host={host} />;
}

function ComponentForm({
  component,
  change,
}: {
  readonly component: Component;
  readonly change: (patch: Patch) => void;
}) {
  const Inspector = inspectorOf(component.kind);
  if (Inspector === undefined) return null;
  return (
    <>
      {component.kind === 'load-balancer' && <ServerStates />}
      <Inspector config={component.config as never} change={change as never} />
    </>
  );
}

function TrafficForm({ traffic, change }: { readonly traffic: Traffic; readonly change: (patch: Patch) => void }) {
  return (
    <>
      <QuantityField
        name="rate"
        unit="rate"
        least={0}
        most={1_000}
        value={traffic.rateRps}
        sentence="Requests a second, all users together."
        note="0 /s to 1000 /s"
        own={false}
        onChange={(rateRps) => change({ rateRps })}
      />
      <QuantityField
        name="writes"
        unit="percent"
        least={0}
        most={1}
        value={traffic.writeShare}
        sentence="Share of requests that save something."
        note="0 % to 100 %"
        own={false}
        onChange={(writeShare) => change({ writeShare })}
      />
      <StatedField
        name="retries"
        value={traffic.retries}
        options={[0, 1, 2, 3, 5].map((times) => [String(times), times] as const)}
        sentence="How often the users' programs ask again after a failure."
        note="browsers 0"
        onChange={(retries) => change({ retries })}
      />
    </>
  );
}

function DnsForm({ ttlS, change }: { readonly ttlS: number; readonly change: (patch: Patch) => void }) {
  return (
    <QuantityField
      name="TTL"
      unit="duration"
      least={0}
      most={86_400_000}
      value={ttlS * 1_000}
      sentence="How long an answer is kept before it is asked for again."
      note="opened with 5 min"
      own={ttlS !== 300}
      onChange={(ms) => change({ ttlS: ms / 1_000 })}
    />
  );
}

function LinkForm({ link, change }: { readonly link: Link; readonly change: (patch: Patch) => void }) {
  if (link.protocol === 'file') {
    return (
      <div className="field">
        <p>The app server reads its files here. Nothing travels.</p>
      </div>
    );
  }
  return (
    <QuantityField
      name="latency"
      unit="duration"
      least={0}
      most={60_000}
      value={link.latencyMs}
      sentence={`One way, on port ${link.port}. ${link.encrypted ? 'Encrypted.' : 'Plain text: whoever sits on the line can read it.'}`}
      note="0 ms to 1 min"
      own={false}
      onChange={(latencyMs) => change({ latencyMs })}
    />
  );
}

/** A server as HAProxy sees it: its line of the configuration. */
function HostForm({ app, design, host }: { readonly app: App; readonly design: Design; readonly host: Host }) {
  const balancer = balancerOf(design);
  const config = balancer?.config as unknown as LoadBalancerConfig | undefined;
  const parts = new Set(
    design.components.filter((component) => component.hostId === host.id).map((component) => component.id),
  );
  const index =
    config?.servers.findIndex((server) => parts.has(design.links.find((link) => link.id === server.link)?.to ?? '')) ??
    -1;
  const server = config?.servers[index];
  if (balancer === undefined || config === undefined || server === undefined) {
    return (
      <div className="field">
        <p>Address {host.address}. Its settings are those of its parts: choose one on the diagram.</p>
      </div>
    );
  }
  return (
    <>
      <ServerStates only={server.name} />
      <ServerFields
        server={server}
        change={(patch) => actOn(app, reconfigure, { target: balancer.id, patch: { servers: { [index]: patch } } })}
      />
    </>
  );
}

/** Every fault that this takes, and the repair of each that is on, for a hand that does not drag. */
function Acts({ app, design, id }: FormProps) {
  const faults = useStoreValue(app.playback, (playback) => playback.faults);
  const own = faults.filter((fault) => fault.target === id || fault.other === id);
  const isChanged = useStoreValue(app.playback, ({ commands }) => commands.some(({ type }) => type === 'reconfigure'));
  const isFile =
    componentNamed(design, id)?.kind === 'files' || design.links.find((link) => link.id === id)?.protocol === 'file';
  const tools = isFile ? [] : TOOLS.filter(({ tool }) => takes(design, tool, id));
  return (
    <footer>
      {tools.map(({ tool, label, icon }) => (
        <button key={tool} type="button" className="button" onClick={() => actOn(app, inflict, { tool, target: id })}>
          <LineIcon d={iconPath(icon)} size={14} />
          {label}
        </button>
      ))}
      {(tagsOf(design, own)[id] ?? []).map(({ fault, other, word }) => (
        <button
          key={word}
          type="button"
          className="button filled"
          onClick={() =>
            actOn(app, repair, { target: id, fault: fault as FaultKind, ...(other === undefined ? {} : { other }) })
          }
        >
          {`Repair: ${word}`}
        </button>
      ))}
      {isChanged && (
        <button type="button" className="button" onClick={() => actOn(app, compare, { type: 'as-opened' })}>
          Compare with the design as opened
        </button>
      )}
      <button type="button" className="button" onClick={() => select.run(app, null)}>
        Close
      </button>
    </footer>
  );
}
