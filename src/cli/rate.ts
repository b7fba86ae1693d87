/** Rate: how far a long job is, how fast it goes and how long it still takes, in a line. */

/** @param of how many there are in all */
export function rateOf(of: number): (done: number, what: string) => string {
  const start = performance.now();
  let before: number | undefined;
  return (done, what) => {
    before ??= done; // what an earlier run has finished says nothing of this one's speed
    const seconds = (performance.now() - start) / 1_000;
    const made = done - before;
    const head = `${done} of ${of} ${what}`;
    if (made === 0 || seconds === 0) return head;
    const left = ((of - done) * seconds) / made;
    const speed = made / seconds;
    return `${head}, ${speed < 10 ? speed.toFixed(1) : Math.round(speed)} a second, ${durationOf(left)} left`;
  };
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
