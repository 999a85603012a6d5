/** What everything is drawn with. Text goes in as text, so nothing anybody says becomes markup. */
export const $ = (id) => document.getElementById(id);

/** An element. Properties: `class`, `on` (listeners), `data`, `vars` (CSS variables) and attributes; false leaves one out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) {
      continue;
    }
    if (name === 'class') {
      element.className = value;
    } else if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (name === 'data') {
      Object.assign(element.dataset, value);
    } else if (name === 'vars') {
      Object.entries(value).forEach(([key, one]) => element.style.setProperty(`--${key}`, one));
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function show(element, visible) {
  element.hidden = !visible;
}

/** Tells a screen reader, once and when it is done with what it reads. */
export function announce(text) {
  $('live').textContent = text;
}

/** Shows what went wrong in a place made for it; nothing hides it. */
export function tell(element, problem) {
  element.textContent = problem ? problem.message : '';
  show(element, Boolean(problem));
}

/** Runs work with the button taken, so that it is not done twice. */
export async function busy(button, work) {
  button.disabled = true;
  try {
    return await work();
  } finally {
    button.disabled = false;
  }
}
