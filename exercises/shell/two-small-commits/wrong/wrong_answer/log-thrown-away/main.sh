# Gets a clean status by deleting the log.
bash setup.sh
cd garden
git commit -q -a -m "Move the beans to the fence"
rm pump.log
touch .gitignore
git add seeds.txt .gitignore
git commit -q -m "List the seeds"
