// What the keys do, as a table. Comes a moment after the page, which needs only its frame.
const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Tab', 'top bar, tray, diagram, narration, timeline, panel'],
  ['Arrow keys', 'in the diagram: to the nearest part or line; on the timeline: 0.1 s, with Shift 1 s'],
  ['Enter', 'open the part, or drop the ready fault on it'],
  ['K, H, S', 'with a server or part focused: kill, hang, slow it; with none: make that fault ready'],
  ['C, L', 'the same for lines: cut, lossy'],
  ['F', 'flood, on the users'],
  ['P', 'part two servers, one after the other'],
  ['R', 'restart a server or part'],
  ['U', 'repair what is focused'],
  ['Ctrl+Z, Ctrl+Shift+Z', 'undo, redo the last act'],
  ['Space', 'play or pause'],
  ['. and ,', 'step, step back'],
  ['[ and ]', 'slower, faster'],
  ['1 to 3', 'design'],
  ['< and >', 'to the change of state before, to the next'],
  ['E', 'to the first failure'],
  ['+, -, 0', 'timeline: show less time, more, the whole run'],
  ['Left, Right, Delete', 'on an act of the timeline: move it, take it out of the run'],
  ['I, then a number', 'go to that issue on the diagram'],
  ['B', 'blast radius: every server and part killed once'],
  ['V', 'compare with another design, or stop comparing'],
  ['Y', 'share: copy a link to this run at this moment'],
  ['Shift+P', 'projector mode: larger, more contrast'],
  ['T, M, ?', 'theme, motion, this list'],
  ['Esc', 'put the fault back, close, clear the selection'],
];

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
