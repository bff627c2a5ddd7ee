// The diagram as text, in reading order, for those who do not see it: users, then each host with its parts, then the lines.
// Of a large design it is told anew every few seconds: nobody hears hundreds of figures change.
import './text-outline.css';
import { useDeferredValue, useMemo } from 'react';
import { DNS, USERS } from '../design/design.ts';
import { wiringOf } from '../design/wiring.ts';
import { HOST_AT_REST } from '../drawing/scene-state.ts';
import { SECOND } from '../foundation/micros.ts';
import { computingWords } from '../state/computing.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { type Diagram, figureNow, useFigure, useIsKnown, useScene } from './diagram.ts';
import { useLinkRates } from './link-rates.ts';
import { hostName, lineName, partWords } from './names.ts';
import { isLarge } from './visible.ts';

interface Props {
  readonly diagram: Diagram;
}

export function TextOutline({ diagram }: Props) {
  const { design } = diagram;
  const { missing } = useScene();
  const computing = useStoreValue(useApp().playback, (playback) => playback.computing);
  return (
    <div className="canvas-outline-text">
      <h2>{`${design.title}, as text`}</h2>
      <ul>
        {computing !== null && <li>{computingWords(computing)}</li>}
        {isLarge(design) ? <CalmLines diagram={diagram} /> : <LiveLines diagram={diagram} />}
        {missing.firewall && <li>No firewall in front of any host</li>}
        {missing.unmonitored > 0 && (
          <li>{`No monitoring on ${missing.unmonitored} of ${design.hosts.length} hosts`}</li>
        )}
      </ul>
    </div>
  );
}

function LiveLines({ diagram }: Props) {
  const { design, wires } = diagram;
  const state = useScene();
  const isKnown = useIsKnown();
  return (
    <>
      <PartLine id={USERS} />
      <PartLine id={DNS} />
      {design.hosts.map((host) => (
        <li key={host.id}>
          {hostName(host, state.hosts[host.id] ?? HOST_AT_REST, state.spofs.includes(host.id), isKnown)}
          <ul>
            {wiringOf(design)
              .componentsOn(host.id)
              .map((part) => (
                <PartLine key={part.id} id={part.id} />
              ))}
          </ul>
        </li>
      ))}
      {design.links
        .filter((link) => wires.links.has(link.id))
        .map((link) => (
          <LineLine key={link.id} id={link.id} diagram={diagram} />
        ))}
    </>
  );
}

const CALM_US = 5 * SECOND;

/** The same lines without the rates of the wires, as they were when the last five seconds began. */
function CalmLines({ diagram }: Props) {
  const state = useScene();
  const isKnown = useIsKnown();
  const app = useApp();
  const { design, wires } = diagram;
  const now = useStoreValue(app.playback, ({ view }) => Math.floor((view?.nowUs ?? 0) / CALM_US));
  const moment = useDeferredValue(now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew at these moments, not at each change.
  return useMemo(() => {
    const words = (id: string): string => partWords(figureNow(app, design, id), isKnown);
    return (
      <>
        <li>{words(USERS)}</li>
        <li>{words(DNS)}</li>
        {design.hosts.map((host) => (
          <li key={host.id}>
            {hostName(host, state.hosts[host.id] ?? HOST_AT_REST, state.spofs.includes(host.id), isKnown)}
            <ul>
              {wiringOf(design)
                .componentsOn(host.id)
                .map(({ id }) => (
                  <li key={id}>{words(id)}</li>
                ))}
            </ul>
          </li>
        ))}
        {design.links
          .filter((link) => wires.links.has(link.id))
          .map((link) => (
            <li key={link.id}>{lineName(design, link, null)}</li>
          ))}
      </>
    );
  }, [app, design, wires, moment, isKnown]);
}

function PartLine({ id }: { readonly id: string }) {
  return <li>{partWords(useFigure(id), useIsKnown())}</li>;
}

function LineLine({ id, diagram }: { readonly id: string; readonly diagram: Diagram }) {
  const ratePerS = useLinkRates(id);
  const link = diagram.design.links.find((candidate) => candidate.id === id);
  return link === undefined ? null : <li>{lineName(diagram.design, link, ratePerS)}</li>;
}
