const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const whole = new Intl.NumberFormat(undefined);

export const time = (iso) => clock.format(new Date(iso));
export const count = (number) => whole.format(number);

export function day(iso) {
  const then = new Date(iso);
  const today = new Date();
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / 86_400_000);
  return days === 0 ? 'Today' : days === 1 ? 'Yesterday' : date.format(then);
}

export const moment = (iso) => `${day(iso)}, ${time(iso)}`;

/** Milliseconds as people say them. */
export function millis(value) {
  if (value >= 1000) {
    return `${(value / 1000).toFixed(value >= 10_000 ? 0 : 1)} s`;
  }
  if (value < 0.05) {
    return '<0.1 ms';
  }
  return `${value >= 10 ? Math.round(value) : Number(value.toFixed(1))} ms`;
}

/** What something took of what it may take; the unit once where it is the same. */
export function millisOf(value, budget) {
  const [took, may] = [millis(value), millis(budget)];
  return took.endsWith(' ms') && may.endsWith(' ms') ? `${took.slice(0, -3)} of ${may}` : `${took} of ${may}`;
}

export function dollars(value) {
  return value === 0 ? '$0' : value < 0.01 ? `$${value.toFixed(6)}` : `$${value.toFixed(4)}`;
}
