// Which of many instants comes first: a tree in which every node holds the earlier of the two below. An instant changes in as many
// steps as the tree is deep. Of equal ones the first by index.

export class Soonest {
  private readonly leaves: number;
  /** Instants at the leaves, and above them the earlier of two; and whose it is. */
  private readonly atH: Float64Array;
  private readonly whose: Int32Array;

  constructor(count: number) {
    let leaves = 1;
    while (leaves < count) leaves *= 2;
    this.leaves = leaves;
    this.atH = new Float64Array(2 * leaves).fill(Number.POSITIVE_INFINITY);
    this.whose = new Int32Array(2 * leaves);
    for (let node = 2 * leaves - 1; node > 0; node--) {
      this.whose[node] = node >= leaves ? node - leaves : (this.whose[2 * node] as number);
    }
  }

  set(index: number, atH: number): void {
    let node = this.leaves + index;
    this.atH[node] = atH;
    for (node >>= 1; node > 0; node >>= 1) {
      const left = 2 * node;
      const earlier = (this.atH[left] as number) <= (this.atH[left + 1] as number) ? left : left + 1;
      this.atH[node] = this.atH[earlier] as number;
      this.whose[node] = this.whose[earlier] as number;
    }
  }

  get firstH(): number {
    return this.atH[1] as number;
  }

  get first(): number {
    return this.whose[1] as number;
  }
}
