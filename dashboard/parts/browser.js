// What has to happen in the browser because the server would be too late: blanking the screen, keeping what is being
// typed, following a link without loading the page anew, and ending a visit that nobody is at. It is sent with every
// drawing of a page and starts once.
(() => {
  if (window.linkageReady) return
  window.linkageReady = true
  const root = document.documentElement
  const HIDE = ".st-key-hide_screen button"
  const SHOW = ".st-key-show_again button"
  const PAUSE = 1500 // milliseconds without a key before what was typed is handed to the server

  const writesIn = (place) => Boolean(place.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]"))

  const commit = () => {
    const place = document.activeElement
    // Streamlit takes what was typed when its field loses the focus, and it hears of that by this event
    if (place?.closest?.("[class*=st-key-entry_]")) place.dispatchEvent(new FocusEvent("focusout", { bubbles: true }))
  }

  const follow = (link) => {
    commit()
    history.pushState({}, "", link.href)
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }))
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0)
  }

  document.addEventListener("click", (event) => {
    const place = event.target
    if (place.closest?.(HIDE)) root.classList.add("lk-blank")
    if (place.closest?.(SHOW)) root.classList.remove("lk-blank")
    const link = place.closest?.("a.lk-link")
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!link || !plain || event.defaultPrevented || link.origin !== location.origin) return
    event.preventDefault()
    follow(link)
  })

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "h" || event.metaKey || event.ctrlKey || event.altKey || writesIn(event.target)) return
    if (document.querySelector(`${HIDE} [data-has-shortcut="true"]`)) root.classList.add("lk-blank") // keys are on
  }, true)

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.(".st-key-entry_search input:not([role=combobox])")) return
    setTimeout(() => document.querySelector(".st-key-search_ask button")?.click()) // the field hands its text over first
  })

  let waiting
  document.addEventListener("input", (event) => {
    if (!event.target.closest?.("[class*=st-key-entry_]")) return
    clearTimeout(waiting)
    waiting = setTimeout(commit, PAUSE)
  })
  document.addEventListener("visibilitychange", () => { if (document.hidden) commit() })
  window.addEventListener("pagehide", commit)

  let used = Date.now()
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, () => { used = Date.now() }, { capture: true, passive: true })
  }
  setInterval(() => {
    const minutes = Number(document.querySelector(".lk-idle")?.dataset.minutes ?? 0)
    if (!minutes || Date.now() - used < (minutes * 60 + 5) * 1000) return
    root.classList.add("lk-blank")
    used = Date.now()
    setTimeout(() => location.reload(), 500)
    commit()
  }, 5000)
})()
