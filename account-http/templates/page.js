// Makes forms more comfortable. Every page works without it.
//
// A password field gets a button that shows what is typed, a hint about Caps Lock and, where a new password is chosen,
// the rules of the password policy with those ticked that it follows, and then how hard it is to guess. The service checks
// the rules again, and more: whether the password is common, or contains the address.

'use strict';

(() => {
  /** How a rule of the policy is checked. The value of a rule stands in the page. */
  const RULES = {
    min: (text, value) => [...text].length >= Number(value),
    max: (text, value) => [...text].length <= Number(value),
    uppercase: (text) => /\p{Lu}/u.test(text),
    lowercase: (text) => /\p{Ll}/u.test(text),
    digit: (text) => /[0-9]/.test(text),
    digit_or_special: (text) => /[^\p{L}\s\p{Cc}]/u.test(text),
    special: (text, value) => [...text].some((character) => value.includes(character)),
    no_spaces: (text) => !/\s/.test(text),
  };

  /** Guesses, as a power of two, from which a password is fair, and from which it is good. */
  const FAIR_BITS = 45;
  const GOOD_BITS = 65;

  /** Estimates a password roughly: what repeats or follows its neighbor counts little. */
  function bits(text) {
    const kinds = [[/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/[0-9]/, 10], [/[^\p{L}0-9]/u, 20]];
    const alphabet = kinds.reduce((size, [kind, more]) => size + (kind.test(text) ? more : 0), 0);
    const characters = [...text.toLowerCase()];
    const seen = new Map();
    const weight = characters.reduce((sum, character, at) => {
      const times = seen.get(character) ?? 0;
      seen.set(character, times + 1);
      const step = at === 0 ? 2 : Math.abs(character.codePointAt(0) - characters[at - 1].codePointAt(0));
      return sum + (step < 2 ? 0.25 : 1 / (1 + times * 0.3));
    }, 0);
    return weight * Math.log2(Math.max(alphabet, 2));
  }

  function element(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  /** Adds the button that shows what is typed. */
  function addShowButton(input) {
    const frame = element('div', { className: 'secret' });
    input.before(frame);
    const button = element('button', { type: 'button' });
    // There may be several on a page: whose it is.
    const label = input.labels[0];
    label.id ||= `${input.id}-label`;
    button.setAttribute('aria-describedby', label.id);
    frame.append(input, button);
    const show = (isShown) => {
      input.type = isShown ? 'text' : 'password';
      button.textContent = isShown ? input.dataset.hide : input.dataset.show;
    };
    show(false);
    button.addEventListener('click', () => {
      show(input.type === 'password');
      input.focus();
    });
    // Otherwise browsers would offer what was typed in other forms, or remember this.
    input.form.addEventListener('submit', () => show(false));
  }

  function addCapsLockHint(input) {
    const hint = element('p', { className: 'caps', hidden: true });
    hint.setAttribute('role', 'status');
    input.closest('.secret').after(hint);
    const look = (event) => {
      const isOn = event.getModifierState?.('CapsLock') ?? false;
      hint.textContent = isOn ? input.dataset.caps : '';
      hint.hidden = !isOn;
    };
    ['keydown', 'keyup', 'click'].forEach((name) => input.addEventListener(name, look));
    input.addEventListener('blur', () => {
      hint.hidden = true;
    });
  }

  /** Shows which rules are followed, while a new password is typed. */
  function addRules(input) {
    const list = document.getElementById(input.dataset.rules);
    if (!list) {
      return;
    }
    const strength = list.querySelector('.strength');
    const rules = [...list.querySelectorAll('[data-rule]')];
    rules.forEach((item) => item.append(element('span', { className: 'unseen' })));
    list.hidden = false;
    const look = () => {
      // The service counts and compares in this form.
      const text = input.value.normalize('NFKC');
      const isMet = rules.map((item) => {
        const { rule, value } = item.dataset;
        const met = text !== '' && (RULES[rule]?.(text, value) ?? true);
        item.classList.toggle('met', met);
        item.querySelector('.unseen').textContent = met ? ` – ${list.dataset.met}` : '';
        return met;
      });
      const guesses = bits(text);
      const { weak, fair, good } = list.dataset;
      const words = guesses < FAIR_BITS ? weak : guesses < GOOD_BITS ? fair : good;
      strength.textContent = isMet.every(Boolean) ? words : '';
    };
    input.addEventListener('input', look);
    look();
  }

  document.querySelectorAll('input[data-show]').forEach((input) => {
    addShowButton(input);
    addCapsLockHint(input);
    addRules(input);
  });
  /** Tells the service in which time zone the browser is, for people who choose none. */
  document.querySelectorAll('input[data-time-zone]').forEach((input) => {
    input.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
  });

  /** How often a page looks again whether the address was verified, in milliseconds. */
  const LOOK_AGAIN = 10000;
  const again = document.querySelector('meta[name=look-again]');
  if (again) {
    // The page is only replaced by another one: nothing that is typed, read aloud or focused is lost for nothing.
    const lookAgain = async () => {
      const isTyping = [...document.querySelectorAll('main input:not([type=hidden])')].some((input) => input.value !== '');
      if (document.hidden || isTyping) {
        return;
      }
      try {
        const answer = await fetch(again.content, { headers: { Accept: 'text/html' } });
        const found = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const [heading, state] = ['h1', '#mail-state'].map((part) => found.querySelector(part)?.textContent);
        if (answer.ok && heading && heading !== document.querySelector('h1').textContent) {
          location.replace(again.content);
        }
        const shown = document.getElementById('mail-state');
        if (answer.ok && state && shown && state !== shown.textContent) {
          shown.textContent = state;
        }
      } catch {
        // The service or the network is away: the page stays, and looks again.
      }
    };
    setInterval(lookAgain, LOOK_AGAIN);
    document.addEventListener('visibilitychange', lookAgain);
  }
  // The registration was completed elsewhere: this tab goes on.
  document.querySelector('form[data-press]')?.requestSubmit();

  if (!('autofocus' in HTMLElement.prototype)) {
    // A browser that knows the attribute for some elements only.
    document.getElementById('errors')?.focus();
  }
})();
