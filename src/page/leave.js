let presses = 0, last = 0;
addEventListener("keydown", (event) => {
  presses = event.key === "Escape" && event.timeStamp - last < 2000 ? presses + 1 : +(event.key === "Escape");
  last = event.timeStamp;
  if (presses === 3) {
    document.body.hidden = true;
    location.replace(document.querySelector(".leave").href);
  }
});
document.getElementById("key").hidden = false;
