// What the keys do, as a table. Comes a moment after the page, which needs only its frame.
import { KEYS } from './keys.ts';

export function KeyTable() {
  return (
    <table className="keys">
      <tbody>
        {KEYS.map(([keys, does]) => (
          <tr key={keys}>
            <th scope="row">{keys}</th>
            <td>{does}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
