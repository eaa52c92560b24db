const HOUR = 3_600_000_000;
const JAPAN_HOURS = 9;
/** Hours in which hardly anybody pays, and those before shops open. */
const [NIGHT_FROM, NIGHT_TO, OPENING] = [3, 6, 10];
const A_FEW = 3;
const FEW_OF = 100;
const MANY_OF = 3;

/** The hours of payments or sales: nine hours early, evenings are mornings, and noon is night. */
export class TillHours {
  private total = 0;
  private atNight = 0;
  private beforeOpening = 0;

  add(occurredAt: number): void {
    const hour = (Math.floor(occurredAt / HOUR) + JAPAN_HOURS) % 24;
    this.total++;
    if (hour >= NIGHT_FROM && hour < NIGHT_TO) this.atNight++;
    if (hour < OPENING) this.beforeOpening++;
  }

  lookLikeUtc(): boolean {
    const isAwakeAtNight = this.atNight > Math.max(A_FEW, this.total / FEW_OF);
    return isAwakeAtNight || this.beforeOpening > Math.max(A_FEW, this.total / MANY_OF);
  }
}
