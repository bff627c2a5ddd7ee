// The diagram as text, in reading order, for those who do not see it: users, then each host with its parts, then the lines.
import { DNS, USERS } from '../design/design.ts';
import { HOST_AT_REST, type SceneState } from '../drawing/scene-state.ts';
import { type Diagram, useFigure } from './diagram.ts';
import { useLinkRates } from './link-rates.ts';
import { hostName, lineName } from './names.ts';

export function TextOutline({ diagram, state }: { readonly diagram: Diagram; readonly state: SceneState }) {
  const { design, wires } = diagram;
  const { missing } = state;
  return (
    <div className="canvas-outline-text">
      <h2>{`${design.title}, as text`}</h2>
      <ul>
        <PartLine id={USERS} />
        <PartLine id={DNS} />
        {design.hosts.map((host) => (
          <li key={host.id}>
            {hostName(host, state.hosts[host.id] ?? HOST_AT_REST, state.spofs.includes(host.id))}
            <ul>
              {design.components
                .filter((part) => part.hostId === host.id)
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
        {missing.firewall && <li>No firewall in front of any host</li>}
        {missing.unmonitored > 0 && (
          <li>{`No monitoring on ${missing.unmonitored} of ${design.hosts.length} hosts`}</li>
        )}
      </ul>
    </div>
  );
}

function PartLine({ id }: { readonly id: string }) {
  return <li>{useFigure(id).textAlternative}</li>;
}

function LineLine({ id, diagram }: { readonly id: string; readonly diagram: Diagram }) {
  const ratePerS = useLinkRates(id);
  const link = diagram.design.links.find((candidate) => candidate.id === id);
  return link === undefined ? null : <li>{lineName(diagram.design, link, ratePerS)}</li>;
}
