import { useEffect, useRef, useState } from "react";
import type { InboxCounts } from "../../gen/storebot/v1/inbox_pb";

const kept = "storebot.inbox.sound";

/** stored does something with what this browser keeps; undefined where it keeps nothing, as in some private windows. */
function stored<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
}

/** beep is a short, low tone, made here: no file is loaded for it. */
function beep() {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.35);
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(audio.currentTime + 0.35);
}

/** useSound sounds when more wait or more is unread than before, if the reader has switched it on in this browser. */
export function useSound(counts: InboxCounts | undefined): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => stored((storage) => storage.getItem(kept) === "on") ?? false);
  const before = useRef(counts);
  useEffect(() => {
    const last = before.current;
    before.current = counts;
    if (on && last && counts && (counts.waiting > last.waiting || counts.unread > last.unread)) beep();
  }, [on, counts]);
  return [
    on,
    (next) => {
      stored((storage) => (next ? storage.setItem(kept, "on") : storage.removeItem(kept)));
      setOn(next);
    },
  ];
}
