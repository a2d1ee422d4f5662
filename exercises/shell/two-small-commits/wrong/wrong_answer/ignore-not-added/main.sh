# Writes .gitignore and forgets to commit it.
bash setup.sh
cd garden
git commit -q -a -m "Move the beans to the fence"
echo "*.log" > .gitignore
git add seeds.txt
git commit -q -m "List the seeds"
