// What is true of an address that two balancers share, in the panel below the issues.
import './address-facts.css';
import { useApp, useStoreValue } from '../ui/app-context.tsx';

export function AddressFacts() {
  const app = useApp();
  const facts = useStoreValue(app.playback, (playback) => playback.view?.address ?? null);
  const address = useStoreValue(app.design, ({ design }) => design.dns.address);
  if (facts === null) return null;
  return (
    <section className="address-facts" aria-label="Virtual IP">
      <h3>Virtual IP {address}</h3>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
