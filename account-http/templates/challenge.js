// Sends forms that may be asked for a proof of work: before such a form is sent, the service is asked whether it wants
// one for the address typed. If so, a worker finds it while its progress is shown, and it is sent with the form.
//
// Whatever fails here, the form is sent without. The service then answers with the way that needs no script: a wait.

'use strict';

(() => {
  /** How long to wait for the service's answer. */
  const PATIENCE_MS = 10000;

  /** Returns the challenge that the service wants solved for the form, or null. */
  async function askForChallenge(form) {
    const { csrf, email } = form.elements;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const response = await fetch(form.dataset.challenge, {
        method: 'POST',
        // The password stays here until the form is sent.
        body: new URLSearchParams({ csrf: csrf.value, email: email.value }),
        redirect: 'error',
        signal: patience.signal,
      });
      if (!response.ok) {
        throw new Error(`no challenge, but status ${response.status}`);
      }
      const challenge = response.status === 204 ? null : await response.json();
      if (challenge?.provider) {
        throw new Error(`a challenge of ${challenge.provider}, which this page does not know`);
      }
      return challenge;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Has a worker solve a challenge. Returns the text to send. */
  function solve(challenge, workerUrl, report) {
    const worker = new Worker(workerUrl);
    const answer = new Promise((resolve, reject) => {
      worker.addEventListener('error', () => reject(new Error('the worker failed')));
      worker.addEventListener('message', ({ data }) => {
        if ('tried' in data) {
          report(data.tried);
        } else if (data.number === null) {
          reject(new Error('the challenge has no solution'));
        } else {
          const { algorithm, challenge: digest, salt, signature } = challenge;
          resolve(btoa(JSON.stringify({ algorithm, challenge: digest, number: data.number, salt, signature })));
        }
      });
      worker.postMessage(challenge);
    });
    return answer.finally(() => worker.terminate());
  }

  function takeOver(form) {
    const button = form.querySelector('button:not([type=button])');
    const progress = form.querySelector('.check > div');
    const bar = progress.querySelector('progress');
    const { email, challenge: answer } = form.elements;
    let isBusy = false;

    function setBusy(busy) {
      isBusy = busy;
      // The answer holds for this address alone.
      email.readOnly = busy;
      // Not `disabled`: the button would lose the focus.
      button.setAttribute('aria-disabled', String(busy));
    }

    function reset() {
      setBusy(false);
      progress.hidden = true;
    }

    async function prove() {
      answer.value = '';
      const challenge = await askForChallenge(form);
      if (challenge === null) {
        return;
      }
      bar.max = challenge.maxnumber;
      bar.value = 0;
      progress.hidden = false;
      answer.value = await solve(challenge, form.dataset.worker, (tried) => {
        bar.value = tried;
      });
      bar.value = bar.max;
    }

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (isBusy) {
        return;
      }
      setBusy(true);
      try {
        await prove();
      } catch (error) {
        const scripted = document.documentElement.classList;
        if (form.classList.contains('wait') && scripted.contains('scripted')) {
          // The form was refused once already: now the wait is shown, and nothing typed is lost.
          scripted.remove('scripted');
          reset();
          return;
        }
      }
      // Does not cause another `submit` event.
      form.submit();
    });
    // A page that the browser kept and shows again, after "Back".
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) {
        reset();
      }
    });
  }

  if ('Worker' in window && 'fetch' in window) {
    document.querySelectorAll('form[data-challenge]').forEach(takeOver);
    // Hides the wait, which is for people without a script.
    document.documentElement.classList.add('scripted');
  }
})();
