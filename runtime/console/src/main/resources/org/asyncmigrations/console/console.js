// Keeps the page up to date, and shows times in the user's time zone. Without it, everything still works by reloading the page.
'use strict';
{
  const zoned = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
  const clock = new Intl.DateTimeFormat(undefined, {timeStyle: 'medium'});
  const today = new Date().toDateString();

  const localize = root => root.querySelectorAll('time').forEach(time => {
    const at = new Date(time.dateTime);
    time.textContent = (at.toDateString() === today ? clock : zoned).format(at);
  });

  // Parts in which the user types or has selected text are not replaced.
  const isInUse = part => part.contains(document.activeElement)
      || [...part.querySelectorAll('input, textarea')].some(field => field.value !== field.defaultValue || field.checked !== field.defaultChecked)
      || !getSelection().isCollapsed && part.contains(getSelection().anchorNode);

  // The HTML last shown, as the server sent it, without the changes made here.
  const shown = new Map();

  const swap = (old, fresh) => {
    const open = [...old.querySelectorAll('details[open]')].map(one => one.id);
    const scrolled = [...old.querySelectorAll('pre')].map(one => one.scrollTop);
    open.forEach(id => fresh.querySelector('#' + CSS.escape(id))?.setAttribute('open', ''));
    localize(fresh);
    old.replaceWith(fresh);
    fresh.querySelectorAll('pre').forEach((one, i) => { one.scrollTop = scrolled[i] || 0; });
  };

  const say = page => {
    const before = document.querySelector('[data-said]'), now = page.querySelector('[data-said]');
    if (before && now && before.dataset.said !== now.dataset.said) {
      document.getElementById('said').textContent = now.dataset.said;
    }
  };

  const live = page => [...page.querySelectorAll('[data-live]')];
  const ids = page => live(page).map(part => part.id).join();
  const keep = page => live(page).forEach(part => shown.set(part.id, part.outerHTML));

  const lost = document.getElementById('lost');

  const refresh = async () => {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}, redirect: 'error', signal: AbortSignal.timeout(15000)});
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const parts = live(page);
    if (!parts.length) {
      throw new Error('this is no page of the console');
    }
    say(page);
    const main = document.querySelector('main');
    // The page now has other parts, such as the first migrations.
    if (ids(page) !== ids(document) && !isInUse(main)) {
      keep(page);
      swap(main, page.querySelector('main'));
      return;
    }
    parts.forEach(fresh => {
      const old = document.getElementById(fresh.id), html = fresh.outerHTML;
      if (old && html !== shown.get(fresh.id) && !isInUse(old)) {
        shown.set(fresh.id, html);
        swap(old, fresh);
      }
    });
  };

  const later = wait => setTimeout(async () => {
    let next = 2000;
    if (!document.hidden) {
      try {
        await refresh();
        lost.hidden = true;
      } catch (failure) {
        lost.hidden = false;
        next = 10000;
      }
    }
    later(next);
  }, wait);

  keep(document);
  localize(document);
  // After a reload, the message about an order must not appear again.
  const address = new URL(location.href);
  if (address.searchParams.has('given')) {
    address.searchParams.delete('given');
    history.replaceState(null, '', address);
  }
  later(2000);
}
