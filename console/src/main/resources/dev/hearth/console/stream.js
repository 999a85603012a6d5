/** Server-sent events out of a response's body, as {event, data} with the data parsed. Comments are left out. */
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = '';
  let data = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) {
            yield { event: event || 'message', data: JSON.parse(data.join('\n')) };
          }
          event = '';
          data = [];
        } else if (line.startsWith('event:')) {
          event = field(line);
        } else if (line.startsWith('data:')) {
          data.push(field(line));
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function field(line) {
  const value = line.slice(line.indexOf(':') + 1);
  return value.startsWith(' ') ? value.slice(1) : value;
}
