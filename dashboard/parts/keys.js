// Single keys, so that none is lost while a page is being drawn and none acts on what was not on the screen when it was
// pressed: it waits until the page stands, and is dropped where the page is about something else by then. Presses of
// the buttons that decide wait likewise. It starts once in a browser window.
(() => {
  if (window.linkageKeys) return
  window.linkageKeys = true
  const QUIET = 150 // milliseconds without a change after which a page stands
  const PATIENCE = 4000 // milliseconds that the server gets to begin
  const ANYWHERE = new Set(["O", "J", "K", "Z"]) // they move, or undo the last decision: no judgement on what is shown
  const DECIDING = '[class*="st-key-judge_"], [class*="st-key-reason_"], .st-key-save, .st-key-pass_one'
  let waiting = [], shown = "", on = false, drawing = true, asked = 0, begun = false, timer

  const running = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning"
  const about = () => `${location.pathname} ${document.querySelector(".lk-about")?.dataset.about ?? location.search}`
  const keyed = (key) =>
    document.querySelector(`kbd[aria-label="Shortcut ${CSS.escape(key)}"]`)?.closest("button:not([disabled])")
  const writesIn = (place) => place.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]")

  const hasKeys = () => Boolean(document.querySelector('[data-has-shortcut="true"]'))
  const seen = () => shown || about() // before the page was first found to stand, it is about what it says

  const later = () => { clearTimeout(timer); timer = setTimeout(settle, QUIET) }

  const act = (button) => {
    asked = Date.now()
    begun = false
    drawing = true
    button.click()
    later()
  }

  const settle = () => {
    if (running() || (asked && !begun && Date.now() - asked < PATIENCE)) return later()
    drawing = false
    asked = 0
    shown = about()
    on = hasKeys()
    while (waiting.length && !drawing) {
      const next = waiting.shift()
      const button = next.always || next.about === shown ? next.find() : null
      if (button) act(button)
    }
  }

  new MutationObserver(() => {
    // an answer that comes at once may be drawn whole without the page ever saying that it runs
    if (running() || (asked && about() !== shown)) begun = drawing = true
    if (drawing) later()
  }).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
  })
  later()

  window.addEventListener("keydown", (event) => {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
    if (event.metaKey || event.ctrlKey || event.altKey || writesIn(event.target)) return
    if (key === "H") waiting = []
    on ||= hasKeys() // a key may come before the page was first found to stand
    if (!on || !/^([A-GI-Z1-9]|Enter)$/.test(key)) return
    if (key === "Enter" && (!document.querySelector(".st-key-save") || event.target.closest?.("a, summary"))) return
    if (!drawing && !keyed(key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.repeat) return
    if (drawing) waiting.push({ find: () => keyed(key), about: seen(), always: ANYWHERE.has(key) })
    else act(keyed(key))
  }, true)

  window.addEventListener("click", (event) => {
    const place = event.isTrusted && event.target.closest?.(DECIDING)
    if (!place || !event.target.closest("button")) return
    event.preventDefault()
    event.stopImmediatePropagation()
    const name = [...place.classList].find((one) => one.startsWith("st-key-"))
    const find = () => document.querySelector(`.${CSS.escape(name)} button:not([disabled])`)
    if (drawing) waiting.push({ find, about: seen(), always: false })
    else if (find()) act(find())
  }, true)
})()
