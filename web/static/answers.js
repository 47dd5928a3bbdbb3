// Brings the answer to a pressed button into view: the error summary or the confirmation at the top of the page.
// An answer that came while somebody is typing is left where it is, so that nobody loses their place.
(() => {
  let last = "";
  new MutationObserver(() => {
    const answer = document.querySelector(".sp-answer");
    const number = answer ? answer.dataset.number : "";
    if (!answer || number === last) return;
    last = number;
    const typing = document.activeElement?.matches("input, textarea, [contenteditable]");
    if (!typing) answer.scrollIntoView({ block: "center" });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
