// A browser runs no worker from a folder (file:), and the search of these pages is one. Here it runs
// in a hidden frame instead, which is asked and answers as a worker does.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.onmessage = null;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.ready = new Promise((ready) => {
        this.frame.onload = () => ready(this.frame.contentWindow);
      });
      this.frame.srcdoc = `<script>
        window.postMessage = (data) => frameElement.answer(data);
        window.importScripts = (...names) => Promise.all(names.map((name) => new Promise((done) => {
          const script = document.createElement("script");
          script.src = new URL(name, "${address}");
          script.onload = done;
          document.head.append(script);
        })));
      </scr` + `ipt><script src="${address}"></scr` + `ipt>`;
      this.frame.answer = (data) => {
        const message = new MessageEvent("message", { data });
        this.dispatchEvent(message);
        this.onmessage?.(message);
      };
      document.body.append(this.frame);
    }

    async postMessage(data) {
      const inside = await this.ready;
      inside.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
